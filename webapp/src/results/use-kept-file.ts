import { useEffect, useState } from 'react';
import type { KeptFile } from '../session/kept';
import { useAlbum } from '../shell/page-context';

export interface ShownFile {
  /** Undefined until it is there. */
  readonly address: string | undefined;
  readonly failed: boolean;
}

/** A kept file as an address to show, fetched while somebody shows it. */
export function useKeptFile(file: KeptFile | undefined): ShownFile {
  const { files } = useAlbum();
  const url = file?.url;
  const [known, setKnown] = useState<ShownFile & { url: string | undefined }>({
    url: undefined,
    address: undefined,
    failed: false,
  });
  useEffect(() => {
    if (url === undefined) {
      return undefined;
    }
    let shown = true;
    const loan = files.borrow(url);
    loan.address.then(
      (address) => shown && setKnown({ url, address, failed: false }),
      () => shown && setKnown({ url, address: undefined, failed: true }),
    );
    return () => {
      shown = false;
      loan.giveBack();
    };
  }, [files, url]);
  if (known.url === url) {
    return known;
  }
  return { address: url === undefined ? undefined : files.peek(url), failed: false };
}
