import { ApiError } from '../../ApiError';
import { isAddressRefused, toNetworkError } from '../../address';

/** What a connection failed with as a row of the error table, in plain words and without the URL. */
export function toFetchError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	if (isAddressRefused(error)) {
		return new ApiError(
			'media_address_refused',
			`${toNetworkError(error)} The operator of a session runner can allow private hosts with AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS.`,
		);
	}
	return new ApiError('media_fetch_failed', toNetworkError(error));
}
