import { ApiError, backoffMillis, defaultBackoff, type TryOnApi } from '../client';
import { readOptionFields, type WornLook } from '../looks/option-fields';
import { kindOf, type ModeKind } from './engine-kind';
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

/** Turns to an engine: its options, its looks, and one of them worn, the one that was worn there last if it is still there. */
export async function turnTo(api: TryOnApi, mode: string): Promise<void> {
  const [engine, catalog] = await Promise.all([api.engine(mode), api.catalog(mode)]);
  const state = useStore.getState();
  const looks = { ...state.looks, [state.mode]: state.look };
  const last = looks[mode];
  const known = catalog.some(({ id }) => id === last?.item);
  const first = catalog[0];
  const look: WornLook =
    known && last ? last : { options: {}, ...(first ? { item: first.id } : {}) };
  const kind = kindOf(engine) ?? 'mirror';
  useStore.setState({ mode, kind, catalog, fields: readOptionFields(engine), look, looks });
}

async function loadEngines(api: TryOnApi): Promise<void> {
  const offered = await api.engines();
  const of = (kind: ModeKind) => offered.filter((engine) => kindOf(engine) === kind);
  const engines = [...of('mirror'), ...of('fabric')];
  const { mode } = useStore.getState();
  const chosen = engines.find(({ id }) => id === mode) ?? engines[0];
  useStore.setState({ engines });
  if (chosen) {
    await turnTo(api, chosen.id);
  }
}
