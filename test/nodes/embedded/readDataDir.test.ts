import { readDataDir } from '../../../nodes/embedded/readDataDir';

describe('readDataDir', () => {
	it('is beside n8n’s own data, wherever n8n keeps that', () => {
		expect(readDataDir({ HOME: '/home/node' })).toBe('/home/node/.n8n/api-whatsapp-web');
		expect(readDataDir({ HOME: '/home/node', N8N_USER_FOLDER: '/data' })).toBe(
			'/data/.n8n/api-whatsapp-web',
		);
	});

	it('is AWW_DATA_DIR when that is set', () => {
		expect(readDataDir({ N8N_USER_FOLDER: '/data', AWW_DATA_DIR: '/elsewhere' })).toBe(
			'/elsewhere',
		);
	});
});
