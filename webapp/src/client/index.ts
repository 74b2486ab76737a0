/**
 * The client library of tryon: the REST calls and the live socket, and nothing of the page.
 *
 * It needs only `fetch`, `WebSocket`, `FormData` and `crypto`, so it runs in browsers, workers and Node.
 */
export { ApiError, TryOnApi, type TokenStore } from './api';
export { backoffMillis, defaultBackoff } from './backoff';
export { afterClose, closeCodes } from './close-codes';
export { decodeBinary, encodeBinary } from './codec';
export { TryOnConnection, type ConnectionEvents, type ConnectionState } from './connection';
export type {
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
