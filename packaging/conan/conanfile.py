# Builds the checkout that it lies in:  conan create packaging/conan --build=missing
import os
import re

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load

required_conan_version = ">=2.0"


class SentRecipe(ConanFile):
    name = "sent"
    description = "C++ SDK for the Sent messaging API (SMS, WhatsApp, RCS)"
    license = "MIT"
    topics = ("sms", "whatsapp", "rcs", "messaging", "sdk")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "shared": [True, False],
        "fPIC": [True, False],
        "client": [True, False],
        "testing": [True, False],
        "tools": [True, False],
        "with_simdjson": [True, False],
    }
    default_options = {
        "shared": False,
        "fPIC": True,
        "client": True,
        "testing": True,
        "tools": False,
        "with_simdjson": False,
    }
    implements = ["auto_shared_fpic"]

    @property
    def _checkout(self):
        return os.path.join(self.recipe_folder, os.pardir, os.pardir)

    def set_version(self):
        header = load(self, os.path.join(self._checkout, "include", "sent", "version.hpp"))
        self.version = re.search(r'SENT_VERSION_STRING "([^"]+)"', header).group(1)

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*", "tools/*"):
            copy(self, pattern, self._checkout, self.export_sources_folder)

    def configure(self):
        if self.options.shared:
            self.options.rm_safe("fPIC")
        if not self.options.client:
            # Both stand on the client.
            self.options.rm_safe("testing")
            self.options.rm_safe("tools")

    def validate(self):
        if self._has("tools") and not self._has("testing"):
            from conan.errors import ConanInvalidConfiguration
            raise ConanInvalidConfiguration("the option tools needs the option testing")

    def _has(self, option):
        return bool(self.options.get_safe(option))

    def requirements(self):
        if self.options.client:
            self.requires("libcurl/[>=7.87 <9]")
        self.requires("openssl/[>=1.1.1 <4]")
        self.requires("nlohmann_json/[>=3.10.5 <4]", visible=False)
        if self.options.with_simdjson:
            self.requires("simdjson/[>=3.0 <5]")
        if self._has("testing"):
            self.requires("cpp-httplib/[>=0.11 <1]", options={"with_openssl": True}, visible=False)
        if self._has("tools"):
            self.requires("cli11/[>=2.1 <3]", visible=False)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["SENT_BUILD_SHARED"] = bool(self.options.shared)
        toolchain.cache_variables["SENT_BUILD_CLIENT"] = bool(self.options.client)
        toolchain.cache_variables["SENT_BUILD_TESTING_LIBRARY"] = self._has("testing")
        toolchain.cache_variables["SENT_BUILD_TOOLS"] = self._has("tools")
        toolchain.cache_variables["SENT_WITH_SIMDJSON"] = bool(self.options.with_simdjson)
        for part in ("TESTS", "EXAMPLES", "BENCHMARKS"):
            toolchain.cache_variables[f"SENT_BUILD_{part}"] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "sent")
        webhooks = self.cpp_info.components["webhooks"]
        webhooks.libs = ["sent-webhooks"]
        webhooks.set_property("cmake_target_name", "sent::webhooks")
        webhooks.set_property("pkg_config_name", "sent-webhooks")
        webhooks.requires = ["openssl::crypto"]
        if self.options.with_simdjson:
            webhooks.requires.append("simdjson::simdjson")
        if not self.options.shared:
            webhooks.defines = ["SENT_STATIC"]
        if self.settings.os in ("Linux", "FreeBSD"):
            webhooks.system_libs = ["pthread"]
        if self.options.client:
            library = self.cpp_info.components["sent"]
            library.libs = ["sent"]
            library.set_property("cmake_target_name", "sent::sent")
            library.set_property("pkg_config_name", "sent")
            library.requires = ["webhooks", "libcurl::libcurl", "openssl::openssl"]
        if self._has("testing"):
            kit = self.cpp_info.components["testing"]
            kit.libs = ["sent-testing"]
            kit.set_property("cmake_target_name", "sent::testing")
            kit.set_property("pkg_config_name", "sent-testing")
            kit.requires = ["sent"]
