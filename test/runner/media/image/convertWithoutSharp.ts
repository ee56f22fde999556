import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { Readable } from 'node:stream';
import { ApiError } from '../../../../runner/ApiError';
import { toProfilePicture } from '../../../../runner/media/image/toProfilePicture';
import { toSticker } from '../../../../runner/media/image/toSticker';
import { toThumbnail } from '../../../../runner/media/image/toThumbnail';
import { toWhatsAppImage } from '../../../../runner/media/image/toWhatsAppImage';
import { MediaFixture } from '../support/MediaFixture';

/*
 * A process on a platform for which sharp has no build. Arguments: a PNG, a WebP that is a sticker, a
 * WebP that is none, where to write. Prints, as JSON, what each conversion gave or failed with.
 */
registerHooks({
	resolve(specifier, context, next) {
		if (specifier === 'sharp') throw new Error('Could not load the "sharp" module');
		return next(specifier, context);
	},
});

async function run(): Promise<void> {
	const [png = '', sticker = '', webp = '', output = ''] = process.argv.slice(2);
	const fixture = await MediaFixture.open();
	const photo = await fixture.store.add(Readable.from(['RIFF....WEBPVP8 ']), {});
	const outcomes = {
		thumbnail: await toOutcome(toThumbnail(read(png))),
		stickerFromPng: await toOutcome(toSticker(read(png))),
		stickerFromWebp: await toOutcome(toSticker(read(webp))),
		finishedSticker: await toOutcome(makeSticker(sticker, output)),
		profilePicture: await toOutcome(toProfilePicture(read(png))),
		image: await toOutcome(toWhatsAppImage(photo, fixture.store)),
	};
	await fixture.close();
	process.stdout.write(JSON.stringify(outcomes));
}

/** What a stored file is to those who read an image of it. */
function read(path: string) {
	const bytes = readFileSync(path);
	return { sizeBytes: bytes.length, read: async () => bytes };
}

async function makeSticker(path: string, output: string): Promise<{ isAnimated: boolean }> {
	const { webp, isAnimated } = await toSticker(read(path));
	writeFileSync(output, webp);
	return { isAnimated };
}

async function toOutcome(conversion: Promise<unknown>): Promise<unknown> {
	try {
		return (await conversion) ?? 'nothing';
	} catch (error) {
		return error instanceof ApiError ? error.code : String(error);
	}
}

void run();
