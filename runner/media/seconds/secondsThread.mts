import { parentPort, workerData } from 'node:worker_threads';
import { readFormat } from './readFormat.mts';
import type { SecondsTask } from './SecondsThreadProtocol.ts';

/** Reads one file, answers with one message and ends. What it does not answer for ends it with an error. */
parentPort?.postMessage(await readFormat(workerData as SecondsTask));
