'use strict';

/*
 * CenterNet (MobileNetV3, 80 COCO classes) on the CPU through WebAssembly.
 *
 * Usage: node detect.cjs MODULES WIDTH HEIGHT THRESHOLD
 *   stdin:  frames of WIDTH x HEIGHT x 3 bytes, RGB, one after the other (both sides a multiple of 32)
 *   stdout: one JSON line {"ready": true} when the model is loaded, then one line a frame:
 *           [[class 0..79, score, x1, y1, x2, y2], ...] in pixels of the frame that was sent
 *
 * The model's own decoding layers fix the input to 512 x 512. Running it up to the heat map and decoding
 * here lets it see any size that is a multiple of 32, so a frame keeps its shape.
 */

const fs = require('fs');
const path = require('path');

const STRIDE = 4; // the heat map has one cell for every 4 x 4 pixels
const CLASSES = 80;
const MAX_DETECTIONS = 100; // as in the model's own TopK
const UPSAMPLE = [
  ['tower_0/CenternetHead/c5_upsample/up_sampling2d/mul', 16],
  ['tower_0/CenternetHead/c4_upsample/up_sampling2d_1/mul', 8],
  ['tower_0/CenternetHead/c3_upsample/up_sampling2d_2/mul', 4],
];

/** Loads the graph with the sizes of its up-sampling layers set for this input. */
async function loadModel(modules, width, height) {
  const converter = require(path.join(modules, '@tensorflow/tfjs-converter'));
  const tf = require(path.join(modules, '@tensorflow/tfjs-core'));
  const wasm = require(path.join(modules, '@tensorflow/tfjs-backend-wasm'));
  wasm.setWasmPaths(path.join(modules, '@tensorflow/tfjs-backend-wasm/dist/'));
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend did not start');
  await tf.ready();
  const models = path.join(modules, '@vladmandic/human/models');
  const graph = JSON.parse(fs.readFileSync(path.join(models, 'centernet.json'), 'utf8'));
  for (const node of graph.modelTopology.node) if (node.op === 'Placeholder') delete node.attr.shape;
  const weights = fs.readFileSync(path.join(models, 'centernet.bin'));
  const model = await converter.loadGraphModel(tf.io.fromMemory({
    modelTopology: graph.modelTopology,
    weightSpecs: graph.weightsManifest[0].weights,
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
    format: graph.format,
  }));
  for (const [name, divisor] of UPSAMPLE) {
    model.weights[name][0].dispose();
    model.weights[name][0] = tf.keep(tf.tensor1d([height / divisor, width / divisor], 'int32'));
  }
  return { tf, model };
}

/** True when no neighbour of the same class is stronger. */
function isPeak(heat, rows, columns, y, x, c, score) {
  for (let dy = -1; dy <= 1; dy++) {
    const yy = y + dy;
    if (yy < 0 || yy >= rows) continue;
    for (let dx = -1; dx <= 1; dx++) {
      const xx = x + dx;
      if (xx >= 0 && xx < columns && heat[(yy * columns + xx) * CLASSES + c] > score) return false;
    }
  }
  return true;
}

/** Local maxima of the heat map above the threshold, strongest first, with the box that belongs to each. */
function decode(heat, sizes, rows, columns, threshold) {
  const found = [];
  for (let i = 0; i < heat.length; i++) {
    const score = heat[i];
    if (score < threshold) continue;
    const c = i % CLASSES;
    const cell = (i - c) / CLASSES;
    const x = cell % columns;
    const y = (cell - x) / columns;
    if (!isPeak(heat, rows, columns, y, x, c, score)) continue;
    const at = cell * 4;
    found.push([c, score, x * STRIDE - sizes[at], y * STRIDE - sizes[at + 1],
      x * STRIDE + sizes[at + 2], y * STRIDE + sizes[at + 3]]);
  }
  found.sort((a, b) => b[1] - a[1]);
  return found.slice(0, MAX_DETECTIONS);
}

/** One frame's bytes to its detections. */
async function detect(tf, model, bytes, width, height, threshold) {
  const input = tf.tensor4d(new Float32Array(bytes), [1, height, width, 3]);
  const [heat, sizes] = model.execute({ 'tower_0/images': input }, ['tower_0/keypoints', 'tower_0/wh']);
  const found = decode(await heat.data(), await sizes.data(), height / STRIDE, width / STRIDE, threshold);
  tf.dispose([input, heat, sizes]);
  return found.map((d) => d.map((v, i) => (i === 0 ? v : Number(v.toFixed(4)))));
}

async function main() {
  const [modules, w, h, t] = process.argv.slice(2);
  const width = Number(w);
  const height = Number(h);
  const { tf, model } = await loadModel(modules, width, height);
  process.stdout.write('{"ready": true}\n');
  const size = width * height * 3;
  let held = [];
  let count = 0;
  for await (const chunk of process.stdin) {
    held.push(chunk);
    count += chunk.length;
    if (count < size) continue;
    let all = Buffer.concat(held, count);
    while (all.length >= size) {
      const found = await detect(tf, model, all.subarray(0, size), width, height, Number(t));
      process.stdout.write(JSON.stringify(found) + '\n');
      all = all.subarray(size);
    }
    held = [all];
    count = all.length;
  }
}

main().catch((error) => {
  process.stderr.write(`detector: ${error.message}\n`);
  process.exit(1);
});
