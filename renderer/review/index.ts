/** Review: marks and comments that people sign on copies of a launch, exchanged as files, and settled where they differ. */
export { ReviewScreen } from './review-screen.tsx';
