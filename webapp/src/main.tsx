import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { TryOnApi } from './client';
import { Album } from './session/album';
import { guestToken } from './session/guest-token';
import { LiveMirror } from './session/live-mirror';
import { MyData } from './session/my-data';
import { Scanner } from './session/scanner';
import { App } from './shell/App';
import { PageProvider } from './shell/page-context';
import { followTheme } from './shell/theme';
import './shell/tokens.css';

const api = new TryOnApi({ origin: window.location.origin, tokens: guestToken });
const album = new Album(api);
const mirror = new LiveMirror(api, album);
const scanner = new Scanner(api, album);
const myData = new MyData(api, album, mirror, scanner);
const page = { mirror, album, scanner, myData };
const root = document.getElementById('root');

followTheme();
if (root) {
  createRoot(root).render(
    <StrictMode>
      <PageProvider value={page}>
        <App />
      </PageProvider>
    </StrictMode>,
  );
}
