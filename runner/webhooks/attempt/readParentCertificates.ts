import { readFileSync } from 'node:fs';
import { KnownCertificates } from '../../../contract';

/** The certificates of the n8n that runs this runner; undefined when it does not serve TLS itself. */
export function readParentCertificates(path: string | undefined): KnownCertificates | undefined {
	if (path === undefined) return undefined;
	return new KnownCertificates(() => {
		try {
			return readFileSync(path, 'utf8');
		} catch {
			return undefined;
		}
	});
}
