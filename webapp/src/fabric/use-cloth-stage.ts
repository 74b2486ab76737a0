import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ClothStage } from '../cloth/cloth-stage';

/** How the drawing in three dimensions stands: three.js is loaded when it is first needed. */
export type Drawing =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly stage: ClothStage }
  /** This browser does not draw in three dimensions. */
  | { readonly phase: 'impossible' }
  /** What draws could not be loaded. */
  | { readonly phase: 'missing' };

/** Beyond this more pixels are not seen, and cost. */
const mostRatio = 2;

/** Draws on the canvas, as large as it is, for as long as the component is there. */
export function useClothStage(canvas: RefObject<HTMLCanvasElement | null>): Drawing {
  const [drawing, setDrawing] = useState<Drawing>({ phase: 'loading' });
  const stage = useRef<ClothStage>(undefined);
  useEffect(() => {
    const element = canvas.current;
    if (!element) {
      return undefined;
    }
    let wanted = true;
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = element;
      if (clientWidth > 0 && clientHeight > 0) {
        const ratio = Math.min(mostRatio, devicePixelRatio);
        stage.current?.resize(clientWidth, clientHeight, ratio);
      }
    });
    const begin = ({ ClothStage: Stage }: typeof import('../cloth/cloth-stage')) => {
      try {
        stage.current = new Stage(element);
        observer.observe(element);
        setDrawing({ phase: 'ready', stage: stage.current });
      } catch {
        setDrawing({ phase: 'impossible' });
      }
    };
    import('../cloth/cloth-stage').then(
      (cloth) => wanted && begin(cloth),
      () => wanted && setDrawing({ phase: 'missing' }),
    );
    return () => {
      wanted = false;
      observer.disconnect();
      stage.current?.dispose();
      stage.current = undefined;
    };
  }, [canvas]);
  return drawing;
}
