/** The data folder lies on a network file system, where neither lock nor database can be relied on. */
export class NetworkFolderError extends Error {
	override readonly name = 'NetworkFolderError';

	constructor(dataDir: string, fileSystem: string) {
		super(
			`The data folder ${dataDir} lies on a network file system (${fileSystem}). There SQLite loses data, ` +
				'and two runners may take the same login without knowing of each other. Let AWW_DATA_DIR name a ' +
				'folder on a disk of this machine. For n8n on several hosts, start the session runner as a ' +
				'service on one of them and choose "Session runner at a URL" in the credential.',
		);
	}
}
