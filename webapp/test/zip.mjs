import { crc32 } from 'node:zlib';

/**
 * Writes files into a ZIP, as they are.
 *
 * @param {readonly (readonly [name: string, bytes: Buffer])[]} files
 * @returns {Buffer}
 */
export function zip(files) {
  let offset = 0;
  const entries = files.map(([name, bytes]) => {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(bytes.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      fields,
      Buffer.from(name),
      bytes,
    ]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 0]);
    const central = Buffer.concat([
      Buffer.from('PK\x01\x02', 'latin1'),
      made,
      fields,
      tail,
      Buffer.from(name),
    ]);
    offset += local.length;
    return { local, central };
  });
  const directory = Buffer.concat(entries.map(({ central }) => central));
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...entries.map(({ local }) => local), directory, end]);
}
