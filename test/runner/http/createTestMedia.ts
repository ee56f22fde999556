import { AddressGuard } from '../../../runner/address';
import { systemClock } from '../../../runner/Clock';
import { MediaStore } from '../../../runner/media/MediaStore';
import { MediaReader } from '../../../runner/media/readMediaSource';
import { SignedUrls } from '../../../runner/media/SignedUrls';
import type { MediaParts } from '../../../runner/RunnerParts';
import type { Database } from '../../../runner/storage/Database';

export const MAX_FILE_BYTES = 5_000_000;

/** The real media parts over a test's folder; links lead to `runner.test`. */
export function createTestMedia(dataDir: string, database: Database): MediaParts {
	const store = new MediaStore({
		dataDir,
		database,
		maxFileBytes: MAX_FILE_BYTES,
		quotaBytes: 10 * MAX_FILE_BYTES,
		clock: systemClock,
	});
	const guard = new AddressGuard({
		allowHttpHosts: ['127.0.0.1'],
		allowPrivateHosts: ['127.0.0.1'],
	});
	return {
		store,
		reader: new MediaReader({ store, guard, timeoutMs: 10_000 }),
		urls: new SignedUrls({ dataDir, baseUrl: () => 'https://runner.test', clock: systemClock }),
		findFfmpeg: async () => null,
		createLinkPreview: async () => undefined,
	};
}
