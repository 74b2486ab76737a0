import type { Problem, Result } from '../client';
import { propertiesOf } from './material';

/** What could be better about a photo, and what a person can do about it. */
export interface ScanWarning {
  readonly code: string;
  /** A sentence of the server's. */
  readonly advice: string | undefined;
}

/** What a scan says of itself. */
export interface ScanFacts {
  readonly warnings: readonly ScanWarning[];
  /** Whether the pattern's repeat was found. */
  readonly repeats: boolean;
  /** How sure the kind of cloth is, 0..1, where it was guessed. */
  readonly sureOfCloth: number | undefined;
}

/** Reads what a scan says of itself. */
export function factsOf({ metadata, look }: Result): ScanFacts {
  const said = propertiesOf(metadata);
  const codes = wordsOf(said.warnings);
  const advice = wordsOf(said.advice);
  const named = look.options?.class ?? 'guess';
  const sure = said.confidenceClass;
  return {
    warnings: codes.map((code, at) => ({ code, advice: advice[at] })),
    repeats: Array.isArray(said.period),
    sureOfCloth: named === 'guess' && typeof sure === 'number' ? sure : undefined,
  };
}

/** Whether a refusal is about what was brought, so that the person can help; all others are the server's own. */
export function isAboutThePhoto({ status = 0, code }: Problem): boolean {
  return code === 'FABRIC_NOT_DETECTED' || [400, 413, 415, 422].includes(status);
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}
