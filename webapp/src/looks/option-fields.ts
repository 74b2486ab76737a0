import type { CatalogItem, Engine, Look, OptionSchema, OptionValue } from '../client';

/** One option of an engine, as a control can show it. */
export type OptionField = { readonly name: string; readonly title: string } & (
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly initial: string }
  | {
      readonly kind: 'range';
      readonly least: number;
      readonly most: number;
      /** What one press of a key changes; a hundredth of the range if left out. */
      readonly step?: number;
      readonly initial: number;
    }
  /** A number that no slider could be put on. */
  | {
      readonly kind: 'number';
      readonly least: number;
      readonly most: number;
      readonly initial: number;
    }
  | { readonly kind: 'color'; readonly initial: string }
  | { readonly kind: 'toggle'; readonly initial: boolean }
);

/** Spans beyond this are typed, not slid. */
const widestRange = 500;

export type OptionValues = Readonly<Record<string, OptionValue>>;

/** What is worn: perhaps a catalogue item, and the values that were chosen on top of it. */
export interface WornLook {
  readonly item?: string;
  readonly options: OptionValues;
}

/** Reads an engine's option schema; properties of kinds that this page does not know are left out. */
export function readOptionFields(engine: Engine): readonly OptionField[] {
  return Object.entries(engine.options?.properties ?? {}).flatMap(([name, schema]) => {
    const field = readField(name, schema);
    return field ? [field] : [];
  });
}

function readField(name: string, schema: OptionSchema): OptionField | undefined {
  const title = schema.title ?? inWords(name);
  const { type, minimum, maximum } = schema;
  const initial = schema.default;
  if (type === 'string' && schema.enum) {
    const first = schema.enum[0] ?? '';
    const chosen = typeof initial === 'string' ? initial : first;
    return { kind: 'choice', name, title, values: schema.enum, initial: chosen };
  }
  if (type === 'string' && schema.format === 'color') {
    return {
      kind: 'color',
      name,
      title,
      initial: typeof initial === 'string' ? initial : '#c8324b',
    };
  }
  if ((type === 'number' || type === 'integer') && minimum !== undefined && maximum !== undefined) {
    const value = typeof initial === 'number' ? initial : minimum;
    const kind = maximum - minimum > widestRange ? 'number' : 'range';
    return { kind, name, title, least: minimum, most: maximum, initial: value };
  }
  if (type === 'boolean') {
    return { kind: 'toggle', name, title, initial: initial === true };
  }
  return undefined;
}

/** Every option's value under a look: chosen, else the item's, else the engine's own. */
export function valuesOf(
  look: WornLook,
  fields: readonly OptionField[],
  catalog: readonly CatalogItem[],
): OptionValues {
  const item = catalog.find(({ id }) => id === look.item);
  const initial = Object.fromEntries(fields.map((field) => [field.name, field.initial]));
  return { ...initial, ...item?.options, ...look.options };
}

/** The look as the API takes it. */
export function toWire({ item, options }: WornLook): Look {
  const chosen = Object.keys(options).length > 0;
  return {
    ...(item === undefined ? {} : { item }),
    ...(chosen || item === undefined ? { options } : {}),
  };
}

/** The colours to draw a look with: its chosen colours, else its item's swatch. */
export function swatchOf(
  look: WornLook,
  fields: readonly OptionField[],
  catalog: readonly CatalogItem[],
): readonly string[] {
  const item = catalog.find(({ id }) => id === look.item);
  const colors = fields.filter(({ kind }) => kind === 'color');
  const values = valuesOf(look, fields, catalog);
  const recolored = colors.some(({ name }) => name in look.options);
  return item && !recolored ? item.swatch : colors.map(({ name }) => String(values[name]));
}

/** `roseGold` or `rose-gold` as people write it: `Rose gold`. */
export function inWords(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether every word of the search is found in the item's title, category or tags. */
export function matches(item: CatalogItem, search: string): boolean {
  const text = [item.title, item.category, ...item.tags].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
