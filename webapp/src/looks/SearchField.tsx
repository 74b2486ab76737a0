import { Search, X } from 'lucide-react';
import { useStore } from '../session/store';
import { t } from '../shell/messages';
import styles from './SearchField.module.css';

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Finds looks by name, category or tag as one types. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const words = useStore(({ kind }) => t(`looks.search.${kind}`));
  return (
    <div className={styles.field}>
      <Search aria-hidden size={18} strokeWidth={1.75} />
      <input
        type="search"
        aria-label={words}
        placeholder={words}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {value !== '' && (
        <button type="button" aria-label={t('looks.clear')} onClick={() => onChange('')}>
          <X aria-hidden size={18} strokeWidth={1.75} />
        </button>
      )}
    </div>
  );
}
