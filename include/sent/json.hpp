#pragma once

/// @file
/// Converts the library's structs to nlohmann::json and back. This is the only public header that includes a
/// third-party header: only programs that include it need nlohmann/json (3.10.5 or newer).
///
///     nlohmann::json tree = contact;                           // as on the wire, all members
///     auto request = tree.get<sent::CreateTemplateRequest>();
///     nlohmann::json definition = template_v1.definition;      // RawJson, a tree
///
/// Works for every struct of `sent::v1`, `sent::v2` and `sent::v3`, pages of them, webhook events and their
/// payloads, open enumerations, RawJson, Timestamp, and vectors and maps of these. Requests are written with
/// all members, including members of path and query. Reading is as lenient as in the rest of the library: a
/// member that is missing, null or of the wrong type keeps its default.
///
/// Unlike the rest of the library, these functions throw: InvalidRequestError for text that is not UTF-8,
/// UndecodableError for JSON that is not an object, and the exceptions of nlohmann/json.

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include <sent/detail/json_bridge.hpp>
#include <sent/json_text.hpp>
#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/timestamp.hpp>
#include <sent/webhooks/events.hpp>

namespace sent {

template <class BasicJson, class Enum>
void to_json(BasicJson& json, const OpenEnum<Enum>& value) {
    json = value.str();
}
/// Reads null as empty.
template <class BasicJson, class Enum>
void from_json(const BasicJson& json, OpenEnum<Enum>& value) {
    value.raw() = json.is_null() ? std::string{} : json.template get<std::string>();
}

/// Writes an absent value as null.
template <class BasicJson>
void to_json(BasicJson& json, const RawJson& value) {
    json = value.text.empty() ? BasicJson(nullptr) : BasicJson::parse(detail::readable_text(value.text));
}
/// Reads null as an absent value.
template <class BasicJson>
void from_json(const BasicJson& json, RawJson& value) {
    value.text = json.is_null() ? std::string{} : json.dump();
}

}  // namespace sent

/// Specialised in the nlohmann namespace, where nlohmann/json looks for structs of other namespaces.
template <class T>
struct nlohmann::adl_serializer<T, std::enable_if_t<sent::detail::Described<T>::value>> {
    template <class BasicJson>
    static void to_json(BasicJson& json, const T& value) {
        json = BasicJson::parse(sent::detail::encode_text(sent::detail::Described<T>::info(), &value));
    }
    template <class BasicJson>
    static void from_json(const BasicJson& json, T& value) {
        sent::detail::decode_text(sent::detail::Described<T>::info(), json.dump(), &value);
    }
};

template <>
struct nlohmann::adl_serializer<sent::Timestamp> {
    template <class BasicJson>
    static void to_json(BasicJson& json, sent::Timestamp value) {
        json = sent::detail::encode_timestamp(value);
    }
    template <class BasicJson>
    static void from_json(const BasicJson& json, sent::Timestamp& value) {
        value = sent::detail::decode_timestamp(json.template get_ref<const typename BasicJson::string_t&>());
    }
};

template <>
struct nlohmann::adl_serializer<sent::webhooks::UnknownEvent> {
    template <class BasicJson>
    static void to_json(BasicJson& json, const sent::webhooks::UnknownEvent& value) {
        json = value.payload;
    }
    template <class BasicJson>
    static void from_json(const BasicJson& json, sent::webhooks::UnknownEvent& value) {
        sent::from_json(json, value.payload);
    }
};

/// Writes an event from its members; `nlohmann::json(event.raw)` has the members that only `raw` has. Reads
/// an event like the body of a delivery.
template <>
struct nlohmann::adl_serializer<sent::webhooks::Event> {
    template <class BasicJson>
    static void to_json(BasicJson& json, const sent::webhooks::Event& value) {
        json = BasicJson::object();
        json["field"] = value.field;
        if (!value.event.empty()) {
            json["event"] = value.event;
        }
        if (value.timestamp) {
            json["timestamp"] = *value.timestamp;
        }
        std::visit([&json](const auto& payload) { json["payload"] = payload; }, value.payload);
        if (value.request_id) {
            json["request_id"] = *value.request_id;
        }
    }
    template <class BasicJson>
    static void from_json(const BasicJson& json, sent::webhooks::Event& value) {
        value = sent::webhooks::parse_event(json.dump()).value();
    }
};
