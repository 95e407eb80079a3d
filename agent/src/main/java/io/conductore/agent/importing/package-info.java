/**
 * One import from the command line: finds the files, reads them, ships what they tell, and keeps
 * the account.
 *
 * <pre>
 *   paths ──▶ ImportFiles ──▶ ImportRun ──▶ Destination (the API, or nowhere for a dry run)
 *                              │    └─────▶ ImportProgress
 *                              └──▶ ImportReport ──▶ ImportSummary, exit code
 * </pre>
 */
@NullMarked
package io.conductore.agent.importing;

import org.jspecify.annotations.NullMarked;
