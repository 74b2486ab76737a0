import { Search, X } from 'lucide-react';
import { t } from '../shell/messages';
import styles from './SearchField.module.css';

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Finds looks by name, category or tag as one types. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  return (
    <div className={styles.field}>
      <Search aria-hidden size={18} strokeWidth={1.75} />
      <input
        type="search"
        aria-label={t('looks.search')}
        placeholder={t('looks.search')}
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
