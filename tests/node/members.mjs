// SPDX-License-Identifier: MIT
// members.mjs - the members of Node's Buffer, one a line as `owner.name`: what doc/node.md has a row for.
//
//   node members.mjs > ../data/members.txt
import * as module from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';

const typedArray = Object.getPrototypeOf(Uint8Array);
const names = (object) => Reflect.ownKeys(object)
  .map((key) => (typeof key === 'symbol' ? key.description : key))
  .filter((name) => !/^(constructor|prototype|default|name|kIsEncodingSymbol|kNativeDecoder|nodejs\..*)$/.test(name))
  .filter((name) => name !== 'length' || typeof object !== 'function');
const own = (owner, object) => names(object).map((name) => `${owner}.${name}`);

const lines = [
  ...own('buffer', { ...module }),
  ...own('constants', module.constants),
  ...own('Buffer', module.Buffer),
  ...own('buf', module.Buffer.prototype),
  ...own('Uint8Array', Uint8Array),
  ...own('u8', Uint8Array.prototype),
  ...own('TypedArray', typedArray),
  ...own('array', typedArray.prototype),
  ...own('StringDecoder', new StringDecoder()),
  ...own('StringDecoder', StringDecoder.prototype),
];
console.log(lines.join('\n'));
