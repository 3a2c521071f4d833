#include "ctoml.h"

#include <cstring>

namespace {

// Thrown where toml++ finds its own state not as it should be, which by default ends the program.
struct unexpected_state {};

void assertion_failed(const char *expression)
{
    // toml++ 3.3 asserts this of the first character of a table's name, which a mistyped file breaks ("[=]"),
    // and then looks for itself and reports it.
    if (std::strcmp(expression, "is_bare_key_character(*cp) || is_string_delimiter(*cp)") == 0) return;
    throw unexpected_state{};
}

} // namespace

#undef NDEBUG // Under it toml++ tells the compiler that its assertions hold.
#define TOML_ASSERT(expression) ((expression) ? (void)0 : assertion_failed(#expression))
#define TOML_EXCEPTIONS 0
// No file of ours is deeper than three; toml++ walks and frees what is nested on the stack.
#define TOML_MAX_NESTED_VALUES 16
#include <toml++/toml.h>

#include <memory>
#include <new>
#include <string>
#include <vector>

struct ctoml_document {
    toml::table root;
    std::vector<ctoml_node> nodes;
    std::string mistake;
    ctoml_position mistake_position;
};

namespace {

ctoml_text text_of(std::string_view text) { return {text.data(), text.size()}; }

ctoml_position position_of(const toml::source_region &region)
{
    return {region.begin.line, region.begin.column};
}

void set(ctoml_node &node, const toml::date &date)
{
    node.year = date.year;
    node.month = date.month;
    node.day = date.day;
}

void set(ctoml_node &node, const toml::time &time)
{
    node.hour = time.hour;
    node.minute = time.minute;
    node.second = time.second;
    node.nanosecond = time.nanosecond;
}

// Goes as deep as the text did, which the caller and TOML_MAX_NESTED_VALUES limit.
void walk(std::vector<ctoml_node> &nodes, const toml::node &value, const toml::key *key)
{
    ctoml_node node{};
    if (key) {
        node.key = text_of(key->str());
        node.key_position = position_of(key->source());
    }
    node.position = position_of(value.source());
    if (const auto *table = value.as_table()) {
        node.kind = CTOML_TABLE;
        node.count = table->size();
        nodes.push_back(node);
        for (auto &&[name, child] : *table) walk(nodes, child, &name);
        return;
    }
    if (const auto *array = value.as_array()) {
        node.kind = CTOML_ARRAY;
        node.count = array->size();
        nodes.push_back(node);
        for (auto &&child : *array) walk(nodes, child, nullptr);
        return;
    }
    if (const auto *string = value.as_string()) {
        node.kind = CTOML_STRING;
        node.string = text_of(string->get());
    } else if (const auto *integer = value.as_integer()) {
        node.kind = CTOML_INTEGER;
        node.integer = integer->get();
    } else if (const auto *number = value.as_floating_point()) {
        node.kind = CTOML_FLOAT;
        node.number = number->get();
    } else if (const auto *boolean = value.as_boolean()) {
        node.kind = CTOML_BOOLEAN;
        node.integer = boolean->get();
    } else if (const auto *date = value.as_date()) {
        node.kind = CTOML_LOCAL_DATE;
        set(node, date->get());
    } else if (const auto *time = value.as_time()) {
        node.kind = CTOML_LOCAL_TIME;
        set(node, time->get());
    } else if (const auto *moment = value.as_date_time()) {
        node.kind = moment->get().is_local() ? CTOML_LOCAL_DATE_TIME : CTOML_OFFSET_DATE_TIME;
        set(node, moment->get().date);
        set(node, moment->get().time);
        if (moment->get().offset) node.offset_minutes = moment->get().offset->minutes;
    }
    nodes.push_back(node);
}

} // namespace

ctoml_document *ctoml_parse(const char *text, size_t length)
try {
    auto document = std::make_unique<ctoml_document>();
    try {
        auto result = toml::parse(std::string_view{length ? text : "", length});
        if (result) {
            document->root = std::move(result).table();
            walk(document->nodes, document->root, nullptr);
        } else {
            document->mistake = std::string{result.error().description()};
            document->mistake_position = position_of(result.error().source());
        }
    } catch (const unexpected_state &) {
        document->mistake = "it can't be made sense of";
        document->mistake_position = {1, 1};
    }
    return document.release();
} catch (const std::bad_alloc &) {
    return nullptr;
}

void ctoml_free(ctoml_document *document) { delete document; }

const ctoml_node *ctoml_nodes(const ctoml_document *document, size_t *count)
{
    *count = document->nodes.size();
    return document->nodes.data();
}

ctoml_text ctoml_mistake(const ctoml_document *document, ctoml_position *position)
{
    if (document->mistake.empty()) return {nullptr, 0};
    *position = document->mistake_position;
    return text_of(document->mistake);
}
