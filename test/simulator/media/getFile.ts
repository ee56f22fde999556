import { get } from 'node:https';

/** Downloads a file from an https host; rejects when the answer is not 200 or breaks off. */
export function getFile(url: string, ca: string): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		get(url, { ca, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				if (response.statusCode === 200) resolve(Buffer.concat(chunks));
				else reject(new Error(`The media host answers ${response.statusCode}`));
			});
		}).on('error', reject);
	});
}
