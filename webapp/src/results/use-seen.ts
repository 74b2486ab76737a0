import { useEffect, useState, type RefObject } from 'react';

/** How far outside of what is in view something counts as seen. */
const margin = '160px';

/** Whether an element has come into view, or near it; from then on it stays seen. */
export function useSeen(element: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || !element.current) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: margin },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, seen]);
  return seen;
}
