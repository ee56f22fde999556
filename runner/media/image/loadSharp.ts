import type sharp from 'sharp';
import { runningCode } from '../../handover/RunningCode';

export type Sharp = typeof sharp;

/** Pictures of pixels alone: drawings in XML and scientific formats are a way in that nobody needs. */
const READABLE = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map(
	(format) => `VipsForeignLoad${format}`,
);

let loading: Promise<Sharp | undefined> | undefined;

/**
 * The image library, loaded when it is first needed; undefined on platforms for which it has no
 * binary. Throws `runner_replaced` when an update has taken it away.
 * It works on one image at a time and keeps nothing of it: memory counts more than speed.
 */
export async function loadSharp(): Promise<Sharp | undefined> {
	if (loading === undefined) {
		runningCode.assertUnchanged();
		loading = load();
	}
	return await loading;
}

async function load(): Promise<Sharp | undefined> {
	try {
		const { default: library } = await import('sharp');
		library.cache(false);
		library.concurrency(1);
		library.block({ operation: ['VipsForeignLoad'] });
		library.unblock({ operation: READABLE });
		return library;
	} catch {
		// Expected absence: every caller says what cannot be done without it.
		return undefined;
	}
}
