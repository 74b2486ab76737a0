import { expect, test } from 'vitest';
import { PictureFiles } from './picture-files';

function files() {
  const asked: string[] = [];
  const refused = new Set<string>();
  const api = {
    file: (url: string) => {
      asked.push(url);
      return refused.has(url)
        ? Promise.reject(new Error('refused'))
        : Promise.resolve(new Blob([url]));
    },
  };
  return { asked, refused, files: new PictureFiles(api) };
}

const textOf = async (address: string) => (await fetch(address)).text();

test('a file is fetched once for everybody who shows it', async () => {
  const { asked, files: shown } = files();
  const [one, other] = [shown.borrow('/a'), shown.borrow('/a')];
  expect(await one.address).toBe(await other.address);
  expect(shown.peek('/a')).toBe(await one.address);
  expect(await textOf(await one.address)).toBe('/a');
  expect(asked).toEqual(['/a']);
});

test('a file that nobody shows is let go of, but not at once, and one that is shown never', async () => {
  const { asked, files: shown } = files();
  const stays = await shown.borrow('/stays').address;
  const idle = shown.borrow('/idle');
  const address = await idle.address;
  idle.giveBack();
  expect(shown.peek('/idle')).toBe(address);
  for (let i = 0; i < 60; i += 1) {
    const loan = shown.borrow(`/${i}`);
    await loan.address;
    loan.giveBack();
  }
  expect(shown.peek('/idle')).toBeUndefined();
  await expect(fetch(address)).rejects.toThrow();
  expect(await textOf(stays)).toBe('/stays');
  await shown.borrow('/idle').address;
  expect(asked.filter((url) => url === '/idle')).toHaveLength(2);
});

test('a file that could not be had is asked for again', async () => {
  const { refused, files: shown } = files();
  refused.add('/a');
  const loan = shown.borrow('/a');
  await expect(loan.address).rejects.toThrow('refused');
  refused.clear();
  const again = shown.borrow('/a');
  loan.giveBack();
  expect(await textOf(await again.address)).toBe('/a');
});

test('a picture that is at hand is not fetched', async () => {
  const { asked, files: shown } = files();
  shown.adopt('/a', URL.createObjectURL(new Blob(['mine'])));
  expect(await textOf(await shown.borrow('/a').address)).toBe('mine');
  expect(asked).toEqual([]);
});
