import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiFailure } from './ApiFailure';

/** The credential's values, told apart by its connection; what is not needed is left out. */
export type Credential =
	| { connection: 'embedded'; instanceName: string }
	| { connection: 'runner' | 'hosted'; baseUrl: string; apiKey: string; instanceId: string };

export const HOSTED_URL = 'https://apiwhatsappweb.com';

/** Reads a stored credential. Throws an ApiFailure that names the field to correct. */
export function readCredential(data: ICredentialDataDecryptedObject): Credential {
	const connection = data.connection ?? 'embedded';
	if (connection === 'embedded') {
		return { connection, instanceName: readText(data.instanceName) || 'default' };
	}
	if (connection !== 'runner' && connection !== 'hosted') {
		throw toFieldFailure('Connection', 'Choose one of the three connections.');
	}
	const url = connection === 'hosted' ? readText(data.hostedUrl) || HOSTED_URL : data.url;
	return {
		connection,
		baseUrl: readBaseUrl(readText(url)),
		apiKey: readHeaderValue('API Key', data.apiKey),
		instanceId: readHeaderValue('Instance ID', data.instanceId),
	};
}

function readText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function readBaseUrl(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw toFieldFailure('URL', 'Give the whole address, such as http://session-runner:3417.');
	}
	if (url.username || url.password) {
		throw toFieldFailure('URL', 'Take user name and password out of it; the API key is enough.');
	}
	// People paste the address of the API as well as that of the runner.
	return url.origin + url.pathname.replace(/\/+$/, '').replace(/\/api$/, '');
}

function readHeaderValue(field: string, value: unknown): string {
	const text = readText(value);
	if (!text) throw toFieldFailure(field, 'Fill it in.');
	if (!/^[\x21-\x7e]+$/.test(text)) {
		throw toFieldFailure(field, 'It holds spaces or other characters that a key or id never has.');
	}
	return text;
}

function toFieldFailure(field: string, remedy: string): ApiFailure {
	return new ApiFailure(`The credential’s field “${field}” is missing or wrong`, {
		hint: `Open the credential “API WhatsApp Web”. ${remedy}`,
	});
}
