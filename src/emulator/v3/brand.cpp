#include "emulator/v3/brand.hpp"

#include <array>
#include <utility>

#include "emulator/state/ids.hpp"
#include "emulator/state/message_events.hpp"
#include "emulator/v3/reply.hpp"

namespace sent::testing::emulator {
namespace {

struct Renamed {
    const char* in_request;
    const char* in_answer;
};

constexpr std::array<Renamed, 6> contact_texts{{{"name", "name"},
                                                {"businessName", "business_name"},
                                                {"email", "email"},
                                                {"phone", "phone"},
                                                {"phoneCountryCode", "phone_country_code"},
                                                {"role", "role"}}};

constexpr std::array<Renamed, 11> business_texts{{{"legalName", "legal_name"},
                                                  {"entityType", "entity_type"},
                                                  {"taxId", "tax_id"},
                                                  {"taxIdType", "tax_id_type"},
                                                  {"street", "street"},
                                                  {"city", "city"},
                                                  {"state", "state"},
                                                  {"postalCode", "postal_code"},
                                                  {"country", "country"},
                                                  {"countryOfRegistration", "country_of_registration"},
                                                  {"url", "url"}}};

constexpr std::array<Renamed, 4> compliance_texts{{{"brandRelationship", "brand_relationship"},
                                                   {"vertical", "vertical"},
                                                   {"phoneNumberPrefix", "phone_number_prefix"},
                                                   {"notes", "notes"}}};

const Values& entity_types() {
    static const Values values{"PRIVATE_PROFIT", "PUBLIC_PROFIT", "NON_PROFIT", "SOLE_PROPRIETOR",
                               "GOVERNMENT"};
    return values;
}

const Values& relationships() {
    static const Values values{"BASIC_ACCOUNT", "SMALL_ACCOUNT", "MEDIUM_ACCOUNT", "LARGE_ACCOUNT",
                               "KEY_ACCOUNT"};
    return values;
}

const Values& verticals() {
    static const Values values{
        "PROFESSIONAL", "REAL_ESTATE",    "HEALTHCARE",  "HUMAN_RESOURCES", "ENERGY",       "ENTERTAINMENT",
        "RETAIL",       "TRANSPORTATION", "AGRICULTURE", "INSURANCE",       "POSTAL",       "EDUCATION",
        "HOSPITALITY",  "FINANCIAL",      "POLITICAL",   "GAMBLING",        "LEGAL",        "CONSTRUCTION",
        "NGO",          "MANUFACTURING",  "GOVERNMENT",  "TECHNOLOGY",      "COMMUNICATION"};
    return values;
}

// Reads texts of an object that only change their names. Missing texts become null.
template <typename Table>
Json read_texts(Fields& from, const Table& table) {
    Json result = Json::object();
    for (const auto& [in_request, in_answer] : table) {
        result[in_answer] = value_or_null(from.text(in_request));
    }
    return result;
}

Json read_contact(std::optional<Fields> fields) {
    if (!fields) {
        return {};
    }
    fields->required_text("name");
    return read_texts(*fields, contact_texts);
}

Json read_business(std::optional<Fields> fields) {
    if (!fields) {
        return {};
    }
    fields->one_of("entityType", entity_types());
    return read_texts(*fields, business_texts);
}

Json read_countries(Fields& compliance) {
    const auto& given = compliance.raw("destinationCountries");
    Json countries = Json::array();
    if (given.is_null()) {
        return countries;
    }
    if (!given.is_array()) {
        compliance.fail("destinationCountries", "VALIDATION_001", "must be an array");
        return countries;
    }
    for (const auto& item : given) {
        const auto path =
            compliance.path_of("destinationCountries") + '[' + std::to_string(countries.size()) + ']';
        if (!item.is_object()) {
            compliance.problems().add(path, "VALIDATION_001", "must be an object");
        }
        Fields country(item, compliance.problems(), path);
        const auto id = country.text("id").value_or("");
        countries.push_back(Json{{"id", id}, {"isMain", country.flag("isMain").value_or(false)}});
    }
    return countries;
}

void require_one_of(Fields& fields, const char* name, const Values& allowed) {
    if (fields.required_text(name)) {
        fields.one_of(name, allowed);
    }
}

Json read_compliance(std::optional<Fields> fields) {
    if (!fields) {
        return {};
    }
    require_one_of(*fields, "brandRelationship", relationships());
    require_one_of(*fields, "vertical", verticals());
    fields->text("primaryUseCase");  // accepted, but not returned any more
    Json compliance = read_texts(*fields, compliance_texts);
    compliance["primary_use_case"] = nullptr;
    compliance["is_tcr_application"] = fields->flag("isTcrApplication").value_or(false);
    compliance["destination_countries"] = read_countries(*fields);
    return compliance;
}

}  // namespace

std::optional<Brand> read_brand(Fields& fields, const std::optional<Brand>& replaced, Time now) {
    auto given = fields.object("brand");
    if (!given) {
        return std::nullopt;
    }
    Brand brand{make_guid(), {}, {}, {}, now};
    if (replaced) {
        brand.id = replaced->id;
        brand.created_at = replaced->created_at;
        brand.updated_at = now;
    }
    brand.contact = read_contact(given->required_object("contact"));
    brand.business = read_business(given->object("business"));
    brand.compliance = read_compliance(given->required_object("compliance"));
    return brand;
}

Json brand_view(const std::optional<Brand>& brand) {
    if (!brand) {
        return {};
    }
    const bool submitted = brand->submitted_at.has_value();
    return Json{{"id", brand->id},
                {"tcr_brand_id", submitted ? Json("B" + to_upper(brand->id.substr(0, 6))) : Json()},
                {"csp_id", nullptr},
                {"universal_ein", nullptr},
                {"status", submitted ? Json("ACTIVE") : Json()},
                {"identity_status", submitted ? "VERIFIED" : "SELF_DECLARED"},
                {"submitted_to_tcr", submitted},
                {"submitted_at", time_or_null(brand->submitted_at)},
                {"is_inherited", false},
                {"created_at", precise_timestamp(brand->created_at)},
                {"updated_at", time_or_null(brand->updated_at)},
                {"contact", brand->contact},
                {"business", brand->business},
                {"compliance", brand->compliance}};
}

}  // namespace sent::testing::emulator
