import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { TryOnApi } from './client';
import { guestToken } from './session/guest-token';
import { LiveMirror } from './session/live-mirror';
import { App } from './shell/App';
import { MirrorProvider } from './shell/mirror-context';
import { followTheme } from './shell/theme';
import './shell/tokens.css';

const api = new TryOnApi({ origin: window.location.origin, tokens: guestToken });
const mirror = new LiveMirror(api);
const root = document.getElementById('root');

followTheme();
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MirrorProvider value={mirror}>
        <App />
      </MirrorProvider>
    </StrictMode>,
  );
}
