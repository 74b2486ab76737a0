import { useEffect, useRef, useState } from 'react';
import { mapNames, type MapName, type Material } from '../session/material';
import { useAlbum } from '../shell/page-context';

/** Addresses that the page can show, of a material's maps. */
export interface OpenMaps {
  readonly material: Material;
  readonly addresses: Readonly<Partial<Record<MapName, string>>> & { readonly basecolor: string };
}

/**
 * What there is to show once a material is wanted: an item's maps at once, a scan's when they have been opened; until then
 * what was shown last, if anything was.
 */
export function onShow(
  last: OpenMaps | undefined,
  wanted: Material | undefined,
): OpenMaps | undefined {
  if (wanted?.origin.kind === 'item' && wanted.key !== last?.material.key) {
    return { material: wanted, addresses: wanted.maps };
  }
  return wanted && last;
}

/** A material's maps, opened: the last that could be until newer ones are there, and whether those have failed. */
export function useMaps(material: Material | undefined): {
  readonly open: OpenMaps | undefined;
  readonly failed: boolean;
} {
  const { files } = useAlbum();
  const [last, setLast] = useState<OpenMaps>();
  const [failure, setFailure] = useState<string>();
  /** Gives back the files on show. */
  const giveBackShown = useRef<() => void>(undefined);
  const open = onShow(last, material);
  if (open !== last) {
    setLast(open);
  }
  useEffect(() => {
    const show = (giveBack: (() => void) | undefined) => {
      giveBackShown.current?.();
      giveBackShown.current = giveBack;
    };
    if (!material || material.origin.kind === 'item') {
      show(undefined);
      return undefined;
    }
    let wanted = true;
    const loans = mapNames.flatMap((name) => {
      const url = material.maps[name];
      return url === undefined ? [] : [{ name, loan: files.borrow(url) }];
    });
    const giveBack = () => loans.forEach(({ loan }) => loan.giveBack());
    const opening = loans.map(async ({ name, loan }) => [name, await loan.address] as const);
    Promise.all(opening).then(
      (pairs) => {
        if (wanted) {
          const addresses = { basecolor: '', ...Object.fromEntries(pairs) };
          setLast({ material, addresses });
          show(giveBack);
        }
      },
      () => wanted && setFailure(material.key),
    );
    return () => {
      wanted = false;
      // What is on show stays open until something else is.
      if (giveBackShown.current !== giveBack) {
        giveBack();
      }
    };
  }, [files, material]);
  useEffect(
    () => () => {
      giveBackShown.current?.();
      giveBackShown.current = undefined;
    },
    [],
  );
  return { open, failed: material !== undefined && failure === material.key };
}
