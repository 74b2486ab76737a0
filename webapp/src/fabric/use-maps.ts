import { useEffect, useState } from 'react';
import { mapNames, type MapName, type Material } from '../session/material';
import { useAlbum } from '../shell/page-context';

/** Addresses that the page can show, of a material's maps. */
export interface OpenMaps {
  readonly material: Material;
  readonly addresses: Readonly<Partial<Record<MapName, string>>> & { readonly basecolor: string };
}

/** A material's maps, opened: the last that could be until newer ones are there, and whether those have failed. */
export function useMaps(material: Material | undefined): {
  readonly open: OpenMaps | undefined;
  readonly failed: boolean;
} {
  const { files } = useAlbum();
  const [open, setOpen] = useState<OpenMaps>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    if (!material || material.origin.kind === 'item') {
      return undefined;
    }
    let wanted = true;
    const loans = mapNames.flatMap((name) => {
      const url = material.maps[name];
      return url === undefined ? [] : [{ name, loan: files.borrow(url) }];
    });
    const opening = loans.map(async ({ name, loan }) => [name, await loan.address] as const);
    Promise.all(opening).then(
      (pairs) => {
        if (wanted) {
          const addresses = { basecolor: '', ...Object.fromEntries(pairs) };
          setOpen({ material, addresses });
        }
      },
      () => wanted && setFailure(material.key),
    );
    return () => {
      wanted = false;
      loans.forEach(({ loan }) => loan.giveBack());
    };
  }, [files, material]);
  if (material?.origin.kind === 'item') {
    return { open: { material, addresses: material.maps }, failed: false };
  }
  return {
    open: material ? open : undefined,
    failed: material !== undefined && failure === material.key,
  };
}
