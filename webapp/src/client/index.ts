/**
 * The client library of tryon: the REST calls and the live socket, and nothing of the page.
 *
 * It needs only `fetch`, `WebSocket`, `FormData` and `crypto`, so it runs in browsers, workers and Node.
 */
export { TryOnApi } from './api';
export { backoffMillis, defaultBackoff } from './backoff';
export { CaptureError } from './captures';
export { afterClose, closeCodes } from './close-codes';
export { decodeBinary, encodeBinary } from './codec';
export { TryOnConnection, type ConnectionEvents, type ConnectionState } from './connection';
export { ApiError, type TokenStore } from './guest-calls';
export { newId } from './new-id';
export type {
  Captured,
  FrameAnswer,
  OutgoingFrame,
  OverlayAnswer,
  PatchPicture,
  QualityAdvice,
  Ready,
  ServerBinary,
  ServerError,
} from './messages';
export type * from './types';
