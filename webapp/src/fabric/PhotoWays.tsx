import { Camera, ImagePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../shell/messages';
import { usePhotoChoice } from './use-photo-choice';

interface PhotoWaysProps {
  readonly className: string | undefined;
  /** Opens the page's own camera, where the device has none of its own for this. */
  readonly onCamera: () => void;
}

/** Whether the device takes photos by itself: its own camera has more pixels and a better focus than a page's. */
const takesPhotos = matchMedia('(pointer: coarse)').matches;

/** The two ways to a photo, of equal weight: the camera, and a file. */
export function PhotoWays({ className, onCamera }: PhotoWaysProps) {
  const camera = (
    <>
      <Camera aria-hidden size={20} strokeWidth={1.75} />
      {t('fabric.camera')}
    </>
  );
  return (
    <>
      {takesPhotos ? (
        <PhotoChooser className={className} from="camera">
          {camera}
        </PhotoChooser>
      ) : (
        <button type="button" className={className} onClick={onCamera}>
          {camera}
        </button>
      )}
      <PhotoFile className={className} />
    </>
  );
}

interface PhotoFileProps {
  readonly className: string | undefined;
  readonly onChosen?: () => void;
}

/** The way to a photo that there is already. */
export function PhotoFile({ className, onChosen }: PhotoFileProps) {
  return (
    <PhotoChooser className={className} from="files" onChosen={onChosen}>
      <ImagePlus aria-hidden size={20} strokeWidth={1.75} />
      {t('fabric.photo')}
    </PhotoChooser>
  );
}

interface PhotoChooserProps {
  readonly className: string | undefined;
  readonly from: 'camera' | 'files';
  readonly onChosen?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A label that opens the device's camera, or its file chooser. */
function PhotoChooser({ className, from, onChosen, children }: PhotoChooserProps) {
  const choose = usePhotoChoice();
  return (
    <label className={className}>
      <input
        type="file"
        accept="image/*"
        className="visually-hidden"
        data-from={from}
        {...(from === 'camera' ? { capture: 'environment' } : {})}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          choose(file);
          target.value = '';
          if (file) {
            onChosen?.();
          }
        }}
      />
      {children}
    </label>
  );
}
