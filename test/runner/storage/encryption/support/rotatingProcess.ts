import pino from 'pino';
import { Database } from '../../../../../runner/storage/Database';
import { KeyRotation } from '../../../../../runner/storage/encryption/KeyRotation';

/*
 * A process that is meant to be killed: takes a new data key into use and seals everything anew, and
 * prints a dot after each write. Argument: the database file.
 */
const [file = ''] = process.argv.slice(2);
const database = Database.open(file);
const counting = Object.assign(Object.create(database) as Database, {
	write: async (...args: Parameters<Database['write']>) => {
		await database.write(...args);
		process.stdout.write('.');
	},
});
void new KeyRotation({ database: counting, logger: pino({ level: 'silent' }) })
	.rotate()
	.then(() => process.exit(0));
