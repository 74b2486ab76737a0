import type { Guest, Problem } from './types';

/** The server's refusal, or `status` 0 when it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.name = 'ApiError';
  }

  /** How long the server asks to wait, if it does. */
  get retryAfterMillis(): number | undefined {
    return this.problem.retryAfterMs;
  }
}

/** Where a guest's token is remembered between visits. */
export interface TokenStore {
  load(): Guest | undefined;
  save(guest: Guest | undefined): void;
}

export interface ApiSettings {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  readonly tokens: TokenStore;
  readonly fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** One request. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** From the origin on. */
  readonly path: string;
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Whose call it is: `anyone` lets a guest whose token is refused be followed by a new one; `holder` is about what this
   * very guest holds, and a new guest's answer would be no answer.
   */
  readonly whose: 'anyone' | 'holder';
}

/** Requests in the name of a guest, who is made by the first request, and anew when the token is refused. */
export class GuestCalls {
  readonly #settings: ApiSettings;
  readonly #fetch: typeof fetch;
  readonly #now: () => number;
  #guest: Guest | undefined;
  #joining: Promise<Guest> | undefined;

  constructor(settings: ApiSettings) {
    this.#settings = settings;
    this.#fetch = settings.fetch ?? fetch.bind(globalThis);
    this.#now = settings.now ?? Date.now;
    this.#guest = settings.tokens.load();
  }

  get origin(): string {
    return this.#settings.origin;
  }

  /** @returns the answer, of a status that means success. @throws ApiError for every other */
  async send(call: Call): Promise<Response> {
    const holder = call.whose === 'holder' ? this.#guest : undefined;
    const guest = holder ?? (await this.#join());
    const answer = await this.#send(call, guest);
    if (answer.status !== 401) {
      return accepted(answer);
    }
    this.#forget(guest);
    return accepted(call.whose === 'holder' ? answer : await this.#send(call, await this.#join()));
  }

  /** The next call is another guest's. */
  forget(): void {
    this.#guest = undefined;
    this.#settings.tokens.save(undefined);
  }

  #forget(refused: Guest): void {
    if (this.#guest !== refused) {
      return;
    }
    const remembered = this.#settings.tokens.load();
    if (remembered && remembered.token !== refused.token) {
      // Another tab of this browser became a guest meanwhile: go on as that one.
      this.#guest = remembered;
    } else {
      this.forget();
    }
  }

  async #join(): Promise<Guest> {
    const guest = this.#guest;
    if (guest && Date.parse(guest.expiresAt) - this.#now() > 60_000) {
      return guest;
    }
    const call = { method: 'POST', path: '/api/v1/guests', whose: 'anyone' } as const;
    this.#joining ??= this.#send(call, undefined)
      .then(accepted)
      .then((answer) => answer.json() as Promise<Guest>)
      .then((fresh) => {
        this.#guest = fresh;
        this.#settings.tokens.save(fresh);
        return fresh;
      })
      .finally(() => {
        this.#joining = undefined;
      });
    return this.#joining;
  }

  async #send(call: Call, guest: Guest | undefined): Promise<Response> {
    try {
      return await this.#fetch(this.#settings.origin + call.path, {
        method: call.method,
        headers: {
          Accept: 'application/json, application/problem+json, */*;q=0.5',
          ...(guest ? { Authorization: `Bearer ${guest.token}` } : {}),
          ...call.headers,
        },
        ...(call.body === undefined ? {} : { body: call.body }),
      });
    } catch {
      throw unreachable();
    }
  }
}

/** Reads an answer's body. @throws ApiError if the line is lost on the way */
export async function readWhole<Body>(read: () => Promise<Body>): Promise<Body> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof SyntaxError ? error : unreachable();
  }
}

function unreachable(): ApiError {
  return new ApiError(0, { title: 'The server could not be reached.', recoverable: true });
}

async function accepted(answer: Response): Promise<Response> {
  if (answer.ok) {
    return answer;
  }
  let problem: Problem = {};
  try {
    problem = (await answer.json()) as Problem;
  } catch {
    // A proxy's own page of HTML says nothing that a person could use.
  }
  const seconds = Number(answer.headers.get('Retry-After'));
  throw new ApiError(answer.status, {
    ...(seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}),
    ...problem,
  });
}
