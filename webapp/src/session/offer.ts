import { ApiError, backoffMillis, defaultBackoff, type TryOnApi } from '../client';
import { readOptionFields, type WornLook } from '../looks/option-fields';
import { useStore } from './store';

const leastWaitMillis = 500;

/** Learns which engines the server offers and what there is to wear, asking again until the server answers. */
export async function learnOffer(api: TryOnApi): Promise<void> {
  for (let attempt = 0; useStore.getState().offer !== 'known'; attempt += 1) {
    try {
      await loadEngines(api);
      useStore.setState({ offer: 'known' });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      useStore.setState({ offer: 'unreachable' });
      const least = error.retryAfterMillis ?? leastWaitMillis;
      const wait = backoffMillis(attempt, defaultBackoff, least, Math.random);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Turns to an engine: its options, its looks, and one of them worn. */
export async function turnTo(api: TryOnApi, mode: string): Promise<void> {
  const [engine, catalog] = await Promise.all([api.engine(mode), api.catalog(mode)]);
  const { look } = useStore.getState();
  const known = catalog.some(({ id }) => id === look.item);
  const first = catalog[0];
  const worn: WornLook = known ? look : { options: {}, ...(first ? { item: first.id } : {}) };
  useStore.setState({ mode, catalog, fields: readOptionFields(engine), look: worn });
}

async function loadEngines(api: TryOnApi): Promise<void> {
  const engines = (await api.engines()).filter(
    ({ state, capabilities }) => state === 'ready' && capabilities.includes('live'),
  );
  const { mode } = useStore.getState();
  const chosen = engines.find(({ id }) => id === mode) ?? engines[0];
  useStore.setState({ engines });
  if (chosen) {
    await turnTo(api, chosen.id);
  }
}
