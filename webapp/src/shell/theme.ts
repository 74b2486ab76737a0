import { swatchOf } from '../looks/option-fields';
import { useStore, type State } from '../session/store';
import { accentOf } from './accent';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** Keeps the page's colours in step with the system, the person's choice and the look being worn. */
export function followTheme(): void {
  systemIsDark.addEventListener('change', () => paint(useStore.getState()));
  useStore.subscribe((state, before) => {
    if (
      state.theme !== before.theme ||
      state.look !== before.look ||
      state.catalog !== before.catalog ||
      state.fabric.tint !== before.fabric.tint
    ) {
      paint(state);
    }
  });
  paint(useStore.getState());
}

function paint({ theme, look, fields, catalog, kind, fabric }: State): void {
  const system = systemIsDark.matches ? 'dark' : 'light';
  const chosen = theme === 'system' ? system : theme;
  const tint = kind === 'fabric' ? fabric.tint : undefined;
  const [color = tint ?? '#c8324b'] = swatchOf(look, fields, catalog);
  const { fill, ink, mark } = accentOf(color, chosen);
  const root = document.documentElement;
  root.dataset.theme = chosen;
  root.style.setProperty('--accent', fill);
  root.style.setProperty('--accent-ink', ink);
  root.style.setProperty('--accent-mark', mark);
}
