package dev.lamina.report.html;

/** A part of a section. */
sealed interface Block permits Chart, DataTable, Note {}
