#include "emulator/state/numbering_plan.hpp"

#include <array>

namespace sent::testing::emulator {
namespace {

constexpr std::array<NumberRule, 33> rules{{
    {"1", "", 10, "3-3-4", "mobile"},        {"44", "7", 10, "4-6", "mobile"},
    {"44", "20", 10, "2-4-4", "fixed_line"}, {"44", "56", 10, "2-4-4", "voip"},
    {"44", "11", 10, "3-3-4", "fixed_line"}, {"44", "", 10, "4-6", "fixed_line"},
    {"33", "6", 9, "1-2-2-2-2", "mobile"},   {"33", "7", 9, "1-2-2-2-2", "mobile"},
    {"33", "9", 9, "1-2-2-2-2", "voip"},     {"33", "", 9, "1-2-2-2-2", "fixed_line"},
    {"49", "15", 0, "4-7", "mobile"},        {"49", "16", 0, "3-7", "mobile"},
    {"49", "17", 0, "3-7", "mobile"},        {"49", "32", 0, "2-9", "voip"},
    {"49", "", 0, "2-9", "fixed_line"},      {"34", "6", 9, "3-2-2-2", "mobile"},
    {"34", "7", 9, "3-2-2-2", "mobile"},     {"34", "", 9, "3-2-2-2", "fixed_line"},
    {"39", "3", 10, "3-3-4", "mobile"},      {"39", "", 0, "2-4-4", "fixed_line"},
    {"31", "6", 9, "1-8", "mobile"},         {"31", "", 9, "2-3-4", "fixed_line"},
    {"41", "7", 9, "2-3-2-2", "mobile"},     {"41", "", 9, "2-3-2-2", "fixed_line"},
    {"61", "4", 9, "3-3-3", "mobile"},       {"61", "", 9, "1-4-4", "fixed_line"},
    {"91", "", 10, "5-5", "mobile"},         {"55", "", 11, "2-5-4", "mobile"},
    {"55", "", 10, "2-4-4", "fixed_line"},   {"52", "", 10, "2-4-4", "mobile"},
    {"81", "", 10, "2-4-4", "mobile"},       {"81", "", 9, "1-4-4", "fixed_line"},
    {"65", "", 8, "4-4", "mobile"},
}};

constexpr std::string_view countries =
    "1US 7RU 20EG 27ZA 30GR 31NL 32BE 33FR 34ES 36HU 39IT 40RO 41CH 43AT 44GB 45DK 46SE 47NO 48PL 49DE "
    "51PE 52MX 53CU 54AR 55BR 56CL 57CO 58VE 60MY 61AU 62ID 63PH 64NZ 65SG 66TH 81JP 82KR 84VN 86CN 90TR "
    "91IN 92PK 93AF 94LK 95MM 98IR 211SS 212MA 213DZ 216TN 218LY 220GM 221SN 222MR 223ML 224GN 225CI 226BF "
    "227NE 228TG 229BJ 230MU 231LR 232SL 233GH 234NG 235TD 236CF 237CM 238CV 239ST 240GQ 241GA 242CG 243CD "
    "244AO 245GW 246IO 248SC 249SD 250RW 251ET 252SO 253DJ 254KE 255TZ 256UG 257BI 258MZ 260ZM 261MG 262RE "
    "263ZW 264NA 265MW 266LS 267BW 268SZ 269KM 290SH 291ER 297AW 298FO 299GL 350GI 351PT 352LU 353IE 354IS "
    "355AL 356MT 357CY 358FI 359BG 370LT 371LV 372EE 373MD 374AM 375BY 376AD 377MC 378SM 380UA 381RS 382ME "
    "383XK 385HR 386SI 387BA 389MK 420CZ 421SK 423LI 500FK 501BZ 502GT 503SV 504HN 505NI 506CR 507PA 508PM "
    "509HT 590GP 591BO 592GY 593EC 594GF 595PY 596MQ 597SR 598UY 599CW 670TL 672NF 673BN 674NR 675PG 676TO "
    "677SB 678VU 679FJ 680PW 681WF 682CK 683NU 685WS 686KI 687NC 688TV 689PF 690TK 691FM 692MH 850KP 852HK "
    "853MO 855KH 856LA 880BD 886TW 960MV 961LB 962JO 963SY 964IQ 965KW 966SA 967YE 968OM 970PS 971AE 972IL "
    "973BH 974QA 975BT 976MN 977NP 992TJ 993TM 994AZ 995GE 996KG 998UZ ";

struct RegionRow {
    std::string_view region;
    std::string_view trunk;
    std::string_view timezone;
};

constexpr std::array<RegionRow, 16> regions{{
    {"US", "", "America/New_York"},
    {"GB", "0", "Europe/London"},
    {"FR", "0", "Europe/Paris"},
    {"DE", "0", "Europe/Berlin"},
    {"ES", "", "Europe/Madrid"},
    {"IT", "", "Europe/Rome"},
    {"NL", "0", "Europe/Amsterdam"},
    {"CH", "0", "Europe/Zurich"},
    {"AT", "0", "Europe/Vienna"},
    {"AU", "0", "Australia/Sydney"},
    {"IN", "0", "Asia/Calcutta"},
    {"BR", "", "America/Sao_Paulo"},
    {"MX", "", "America/Mexico_City"},
    {"JP", "0", "Asia/Tokyo"},
    {"SG", "", "Asia/Singapore"},
    {"IE", "0", "Europe/Dublin"},
}};

const RegionRow* find_region(std::string_view region) {
    for (const auto& row : regions) {
        if (row.region == region) {
            return &row;
        }
    }
    return nullptr;
}

bool starts_with(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

}  // namespace

const NumberRule* find_rule(std::string_view country_code, std::string_view national_number) {
    for (const auto& rule : rules) {
        if (rule.country_code == country_code && starts_with(national_number, rule.prefix) &&
            (rule.length == 0 || rule.length == national_number.size())) {
            return &rule;
        }
    }
    return nullptr;
}

// No calling code is the beginning of another one.
Country find_country(std::string_view digits) {
    auto left = countries;
    while (!left.empty()) {
        const auto entry = left.substr(0, left.find(' '));
        const auto code = entry.substr(0, entry.size() - 2);
        if (starts_with(digits, code)) {
            return {code, entry.substr(code.size())};
        }
        left.remove_prefix(entry.size() + 1);
    }
    return {"", "ZZ"};
}

std::string_view trunk_prefix(std::string_view region) {
    const auto* row = find_region(region);
    return row == nullptr ? std::string_view{} : row->trunk;
}

std::string_view timezone_of(std::string_view region) {
    const auto* row = find_region(region);
    return row == nullptr ? std::string_view{"Etc/Unknown"} : row->timezone;
}

}  // namespace sent::testing::emulator
