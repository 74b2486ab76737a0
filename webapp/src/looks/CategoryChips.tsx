import { t } from '../shell/messages';
import styles from './Chips.module.css';
import { inWords } from './option-fields';

interface CategoryChipsProps {
  readonly categories: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (category: string | undefined) => void;
}

/** Narrows the looks to one category. */
export function CategoryChips({ categories, chosen, onChoose }: CategoryChipsProps) {
  if (categories.length < 2) {
    return null;
  }
  return (
    <fieldset className={styles.row}>
      <legend className="visually-hidden">{t('looks.category')}</legend>
      {[undefined, ...categories].map((category) => (
        <label key={category ?? ''} className={styles.chip}>
          <input
            type="radio"
            className="visually-hidden"
            name="category"
            checked={category === chosen}
            onChange={() => onChoose(category)}
          />
          <span>{category === undefined ? t('looks.all') : inWords(category)}</span>
        </label>
      ))}
    </fieldset>
  );
}
