import { useEffect, useState } from 'react';
import { useStore } from '../session/store';
import type { Drawing } from './use-cloth-stage';
import type { OpenMaps } from './use-maps';

/** What a tile of unknown size is taken to show of the cloth, in millimetres. */
const nominalMillimetres = 100;

/** How often maps are asked for, and how long between: a server that is busy makes them a little later. */
const mostAttempts = 8;
const againMillis = 2_000;

/** What is on the shape. */
export interface Dressed {
  /** The key of the material that is on. */
  readonly worn: string | undefined;
  /** Whether the one that is wanted could not be had. */
  readonly failed: boolean;
}

/** Puts a material onto the shape, tuned as chosen. */
export function useDressed(drawing: Drawing, open: OpenMaps | undefined): Dressed {
  const [worn, setWorn] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const shape = useStore(({ fabric }) => fabric.shape);
  const tuning = useStore(({ fabric }) => fabric.tuning);
  const stage = drawing.phase === 'ready' ? drawing.stage : undefined;
  useEffect(() => stage?.turn(shape), [stage, shape]);
  useEffect(() => stage?.tune(tuning), [stage, tuning]);
  const key = open?.material.key;
  useEffect(() => {
    if (!stage || !open) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { tile, metalness, sheen } = open.material;
    const { width, height } = tile ?? { width: nominalMillimetres, height: nominalMillimetres };
    const size = { width: width / 1_000, height: height / 1_000 };
    const look = { maps: open.addresses, tile: size, metalness, sheen };
    let wanted = true;
    const dress = (attempt: number) => {
      stage.dress(look).then(
        (on) => on && setWorn(open.material.key),
        () => {
          // What was on stays on meanwhile.
          if (wanted && attempt < mostAttempts) {
            timer = setTimeout(() => dress(attempt + 1), againMillis);
          } else if (wanted) {
            setFailure(open.material.key);
          }
        },
      );
    };
    dress(1);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the same key is the same material
  }, [stage, key]);
  return { worn, failed: key !== undefined && failure === key && worn !== key };
}
