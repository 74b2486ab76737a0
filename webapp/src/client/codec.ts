/**
 * Binary messages of `tryon.v1`: a big-endian u32 with the header's length, the header as UTF-8 JSON, the payload.
 */

/** Header lengths beyond this are taken for a broken message. */
const longestHeaderBytes = 64 * 1024;

/** A binary message taken apart. The payload is a view into the message, not a copy. */
export interface BinaryMessage {
  readonly header: unknown;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Puts header and payload into one message. */
export function encodeBinary(header: object, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const message = new Uint8Array(4 + json.length + payload.length);
  new DataView(message.buffer).setUint32(0, json.length);
  message.set(json, 4);
  message.set(payload, 4 + json.length);
  return message;
}

/** Takes a message apart. @throws RangeError if its lengths lie; SyntaxError if its header is no JSON */
export function decodeBinary(message: ArrayBuffer): BinaryMessage {
  if (message.byteLength < 4) {
    throw new RangeError('binary message without a header length');
  }
  const headerBytes = new DataView(message).getUint32(0);
  if (headerBytes > longestHeaderBytes || 4 + headerBytes > message.byteLength) {
    throw new RangeError('binary message shorter than its header claims');
  }
  const json = new TextDecoder('utf-8', { fatal: true }).decode(
    new Uint8Array(message, 4, headerBytes),
  );
  return {
    header: JSON.parse(json) as unknown,
    payload: new Uint8Array(message, 4 + headerBytes),
  };
}
