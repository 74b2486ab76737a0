import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import { ConnectionBadge } from './ConnectionBadge';
import { IconButton } from './IconButton';
import { t } from './messages';
import { ModeSwitch } from './ModeSwitch';
import { SettingsDialog } from './SettingsDialog';
import styles from './TopBar.module.css';

/** What floats above the mirror: the mode, the connection, the settings. */
export function TopBar() {
  const [open, setOpen] = useState(false);
  return (
    <header className={styles.bar}>
      <ModeSwitch />
      <div className={styles.side}>
        <ConnectionBadge />
        <IconButton icon={Settings2} label={t('controls.settings')} onClick={() => setOpen(true)} />
      </div>
      {open && <SettingsDialog onClose={() => setOpen(false)} />}
    </header>
  );
}
