declare module 'gltf-validator' {
  /** What Khronos's validator says of a file; only what is read here. */
  export interface Report {
    readonly issues: { readonly messages: readonly unknown[] };
    readonly info: { readonly resources: readonly unknown[] };
  }

  export function validateBytes(
    bytes: Uint8Array,
    options: {
      readonly uri: string;
      readonly externalResourceFunction: (name: string) => Promise<Uint8Array>;
    },
  ): Promise<Report>;
}
