import { useEffect, useState } from 'react';
import { useStore } from '../session/store';
import type { Drawing } from './use-cloth-stage';
import type { OpenMaps } from './use-maps';

/** What a tile of unknown size is taken to show of the cloth, in millimetres. */
const nominalMillimetres = 100;

/** Puts a material onto the shape, tuned as chosen. @returns the key of the one that is on */
export function useDressed(drawing: Drawing, open: OpenMaps | undefined): string | undefined {
  const [worn, setWorn] = useState<string>();
  const shape = useStore(({ fabric }) => fabric.shape);
  const tuning = useStore(({ fabric }) => fabric.tuning);
  const stage = drawing.phase === 'ready' ? drawing.stage : undefined;
  useEffect(() => stage?.turn(shape), [stage, shape]);
  useEffect(() => stage?.tune(tuning), [stage, tuning]);
  const key = open?.material.key;
  useEffect(() => {
    if (!stage || !open) {
      return;
    }
    const { tile, metalness, sheen } = open.material;
    const { width, height } = tile ?? { width: nominalMillimetres, height: nominalMillimetres };
    const size = { width: width / 1_000, height: height / 1_000 };
    stage.dress({ maps: open.addresses, tile: size, metalness, sheen }).then(
      (on) => on && setWorn(open.material.key),
      // What was on stays on.
      () => undefined,
    );
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the same key is the same material
  }, [stage, key]);
  return worn;
}
