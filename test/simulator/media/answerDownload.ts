import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { MediaStore } from './MediaStore';

const PIECE_BYTES = 16 * 1024;

/** Serves a file, whole or the range that is asked for, with what goes wrong on the way. */
export async function answerDownload(
	store: MediaStore,
	path: string,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	store.countDownload(path);
	const how = store.disturbanceOf(path);
	if (how === 'hang') return;
	const file = store.find(path);
	if (!file) {
		response.writeHead(store.missingStatus).end();
		return;
	}
	const range = readRange(request.headers.range, file.length);
	const part = range ? file.subarray(range.start, range.end + 1) : file;
	response.writeHead(range ? 206 : 200, {
		'content-type': 'application/octet-stream',
		'content-length': part.length,
		...(range && { 'content-range': `bytes ${range.start}-${range.end}/${file.length}` }),
	});
	if (how === 'cutOff') {
		response.write(part.subarray(0, part.length >> 1), () => response.destroy());
	} else if (how) {
		await dribble(part, how.pauseMs, response);
	} else {
		response.end(part);
	}
}

async function dribble(part: Buffer, pauseMs: number, response: ServerResponse): Promise<void> {
	const closed = once(response, 'close').then(() => true);
	for (let at = 0; at < part.length; at += PIECE_BYTES) {
		response.write(part.subarray(at, at + PIECE_BYTES));
		const isGone = await Promise.race([closed, pause(pauseMs, false, { ref: false })]);
		if (isGone) return;
	}
	response.end();
}

function readRange(header: string | undefined, length: number) {
	const found = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
	if (!found) return undefined;
	const end = found[2] ? Math.min(Number(found[2]), length - 1) : length - 1;
	return { start: Number(found[1]), end };
}
