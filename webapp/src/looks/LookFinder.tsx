import { useMemo, useState } from 'react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import { CategoryChips } from './CategoryChips';
import styles from './LookFinder.module.css';
import { matches } from './option-fields';
import { OfferNote } from './OfferNote';
import { SearchField } from './SearchField';
import { Swatch } from './Swatch';
import { shapeOf } from './swatch-shape';
import type { Wear } from './use-looks';

/** All looks, found by search and category. */
export function LookFinder({ wear }: { readonly wear: Wear }) {
  const catalog = useStore((state) => state.catalog);
  const worn = useStore((state) => state.look.item);
  const shape = useStore(({ mode }) => shapeOf(mode));
  const kind = useStore((state) => state.kind);
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string>();
  const categories = useMemo(() => [...new Set(catalog.map((item) => item.category))], [catalog]);
  const shown = catalog.filter(
    (item) => (category === undefined || item.category === category) && matches(item, search),
  );
  return (
    <div className={styles.finder}>
      <div className={styles.head}>
        <SearchField value={search} onChange={setSearch} />
        <CategoryChips categories={categories} chosen={category} onChoose={setCategory} />
      </div>
      <div className={styles.scroll}>
        <fieldset className={styles.grid}>
          <legend className="visually-hidden">{t(`looks.label.${kind}`)}</legend>
          {shown.map((item) => (
            <Swatch
              key={item.id}
              item={item}
              shape={shape}
              group="panel-looks"
              titled="with-title"
              worn={item.id === worn}
              onWear={({ id }) => wear({ item: id, options: {} })}
            />
          ))}
        </fieldset>
        <OfferNote />
        {shown.length === 0 && catalog.length > 0 && (
          <p className={styles.none} role="status">
            {t('looks.none', { search })}
          </p>
        )}
      </div>
    </div>
  );
}
