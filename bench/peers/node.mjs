// SPDX-License-Identifier: MIT

// What Node's Buffer offers, for bench/peers/node.c: for each operation a function of (from, to,
// size) that returns run(times) and show(), which brings the result of the last run into `to` and
// returns its length. Usage: node node.mjs ADDON [--quick]
import { Buffer, isUtf8, transcode } from 'node:buffer';
import { resolve } from 'node:path';

let kept; // what the last call made: it may not be dropped as dead code

const loop = (call, show = () => 0) => ({
  run(times) {
    for (let i = 0; i < times; i++) kept = call();
  },
  show: () => show(kept),
});

const encode = (encoding) => (from, to) =>
  loop(() => from.toString(encoding), (text) => to.write(text, 'latin1'));

const decode = (encoding) => (from, to) => {
  const text = from.latin1Slice();
  return loop(() => to.write(text, encoding), Number);
};

const operations = {
  'alloc+release': (from, to, size) => loop(() => Buffer.allocUnsafe(size)),
  'slice+release': (from, to, size) => {
    const buffer = Buffer.alloc(size);
    return loop(() => buffer.subarray(100, 3000));
  },
  clone: (from) => loop(() => Buffer.from(from)),
  base64_encode: encode('base64'),
  base64url_encode: encode('base64url'),
  base64_decode: decode('base64'),
  base64_decode_lines: decode('base64'),
  hex_encode: encode('hex'),
  hex_decode: decode('hex'),
  utf8_validate: (from) => loop(() => isUtf8(from), Number),
  utf8_to_utf16: (from, to) =>
    loop(() => from.toString('utf8'), (text) => to.write(text, 'utf16le')),
  utf16_to_utf8: (from, to) => {
    const text = from.toString('utf16le');
    return loop(() => to.write(text, 'utf8'), Number);
  },
  latin1_to_utf8: (from, to) =>
    loop(() => transcode(from, 'latin1', 'utf8'), (bytes) => bytes.copy(to)),
};

const addon = { exports: {} };
process.dlopen(addon, resolve(process.argv[2]));
addon.exports.run(operations, process.argv[3] === '--quick');
