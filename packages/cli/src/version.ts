export { version } from '@menusmith/app/version';
