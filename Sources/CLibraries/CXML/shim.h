#pragma once
#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU and its headers bring ICU's along, which differ from those of the ICU in
// Swift's Foundation: whatever sees both does not compile. Nothing used here depends on them.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
