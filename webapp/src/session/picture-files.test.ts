import { expect, test } from 'vitest';
import { PictureFiles } from './picture-files';

function files() {
  const asked: string[] = [];
  const refused = new Set<string>();
  const sizes = new Map<string, number>();
  const api = {
    file: (url: string) => {
      asked.push(url);
      return refused.has(url)
        ? Promise.reject(new Error('refused'))
        : Promise.resolve(new Blob([url, new Uint8Array(sizes.get(url) ?? 0)]));
    },
  };
  return { asked, refused, sizes, files: new PictureFiles(api) };
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

test('of large files that nobody shows, only as many are at hand as there is room for', async () => {
  const { sizes, files: shown } = files();
  const urls = ['/a', '/b', '/c', '/d'];
  for (const url of urls) {
    sizes.set(url, 10 << 20);
    const loan = shown.borrow(url);
    await loan.address;
    loan.giveBack();
  }
  expect(urls.filter((url) => shown.peek(url) !== undefined)).toEqual(['/c', '/d']);
});

test('a large file that comes when nobody wants it any more counts too', async () => {
  const { sizes, files: shown } = files();
  sizes.set('/a', 25 << 20);
  const loan = shown.borrow('/a');
  loan.giveBack();
  const address = await loan.address;
  expect(shown.peek('/a')).toBeUndefined();
  await expect(fetch(address)).rejects.toThrow();
});

test('the files of what was removed are closed, those on show as soon as they are not', async () => {
  const { files: shown } = files();
  const [idle, used, other] = [shown.borrow('/idle'), shown.borrow('/used'), shown.borrow('/o')];
  const addresses = await Promise.all([idle, used, other].map(({ address }) => address));
  idle.giveBack();
  shown.drop(['/idle', '/used', '/unknown']);
  await expect(fetch(addresses[0] ?? '')).rejects.toThrow();
  expect(await textOf(addresses[1] ?? '')).toBe('/used');
  used.giveBack();
  await expect(fetch(addresses[1] ?? '')).rejects.toThrow();
  expect(await textOf(addresses[2] ?? '')).toBe('/o');
});

test('once all was erased, nothing stays open when it comes back', async () => {
  const { asked, files: shown } = files();
  const [there, underway] = [shown.borrow('/there'), shown.borrow('/underway')];
  const address = await there.address;
  shown.clear();
  expect(shown.peek('/there')).toBeUndefined();
  there.giveBack();
  underway.giveBack();
  await expect(fetch(address)).rejects.toThrow();
  await expect(fetch(await underway.address)).rejects.toThrow();
  await shown.borrow('/there').address;
  expect(asked.filter((url) => url === '/there')).toHaveLength(2);
});
