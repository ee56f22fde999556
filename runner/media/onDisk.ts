import { ApiError } from '../ApiError';
import { hasCode } from '../ownership/hasCode';

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Runs something that touches the disk; its failure becomes `storage_unavailable` with the remedy. */
export async function onDisk<T>(task: () => Promise<T>): Promise<T> {
	try {
		return await task();
	} catch (error) {
		throw toDiskError(error);
	}
}

function toDiskError(error: unknown): ApiError {
	const isFull = FULL.some((code) => hasCode(error, code));
	return new ApiError(
		'storage_unavailable',
		isFull
			? 'The disk of the session runner is full: free some space, or lower AWW_MEDIA_QUOTA_MB.'
			: 'The media folder cannot be read or written: check the permissions and the disk of the data folder.',
	);
}
