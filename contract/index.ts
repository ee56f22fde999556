export * from './errors';
export * from './events';
export * from './instance';
export * from './messages';
export * from './number';
export * from './routes';
export * from './signature';
export * from './webhooks';
