export { BackupError } from './BackupError';
export { BackupReader } from './BackupReader';
export { exportInstance } from './exportInstance';
export { importInstance } from './importInstance';
export { loadBackup } from './loadBackup';
export { openDataFolder } from './openDataFolder';
