/** How long the browser may take to draw or save a file whose address it was given. */
const inUseMillis = 60_000;

/** Gives back the memory behind an address, once whoever was given it last has surely read it. */
export function revokeLater(address: string): void {
  setTimeout(() => URL.revokeObjectURL(address), inUseMillis);
}
